mod samples;
mod usage;
mod views;
