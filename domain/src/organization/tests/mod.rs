mod attach;
mod directory;
mod manage;
