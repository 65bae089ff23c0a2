-- Who may log in. The hash says itself how it was made: {bcrypt}...
create table account (
    name           text primary key,
    password_hash  text        not null,
    created_at     timestamptz not null default now(),
    changed_at     timestamptz not null default now()
);
