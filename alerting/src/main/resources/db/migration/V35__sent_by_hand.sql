-- Somebody asked for it once more, and looks on: what comes of each quick try is told.
alter table notification add column by_hand boolean not null default false;
