mod attach;
mod directory;
