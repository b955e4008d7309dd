-- Which version of a view's fold has filled a generation: a program with a later one fills the view anew.

alter table projections add column version integer not null default 1;
