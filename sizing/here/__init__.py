"""What is this computer? What its tools print, read by a module for each, joined into devices and a host."""
