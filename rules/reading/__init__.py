"""Reading the tree of a pack: one file per block, all problems collected, nothing guessed."""
