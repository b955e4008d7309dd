mod samples;
mod views;
