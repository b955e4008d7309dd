mod people;
mod samples;
mod usage;
mod views;
