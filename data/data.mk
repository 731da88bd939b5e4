# data files that are installed and distributed
