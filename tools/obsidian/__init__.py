"""What goes into the notes' plugin? The data that it plans with, packed small, and the tables that it cannot draw."""
