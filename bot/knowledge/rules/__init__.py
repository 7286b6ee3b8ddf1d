"""What must hold between records; one module for each sort of rule."""
