"""What is done to a page's HTML once it is written."""
