"""Reading spreadsheets: files of figures as tables of text, each cell with the place it stood at."""
