"""What is known of one thing, on a page of its own? A page for every model, device and machine, made at each build."""
