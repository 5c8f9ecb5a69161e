"""Teaching the reader: data folder in, a folder of weights out."""
