mod attach;
mod directory;
mod manage;
mod release;
mod settle;
