"""What can be wrong with a book, its worker and its machine: one check a function, each finding with the way out."""
