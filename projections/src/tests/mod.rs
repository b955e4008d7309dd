mod people;
mod places;
mod samples;
mod usage;
mod views;
