-- What an account may do. RECIPIENT sees and answers what its recipient was told of.
alter table account
    add column role         text    not null default 'ADMIN',
    add column recipient_id text,
    add column enabled      boolean not null default true,
    -- grows with every change: what was granted under an older one no longer stands
    add column version      bigint  not null default 1;

-- Keys for scripts. Only a digest is kept: 256 random bits need no slow hash.
create table access_token (
    id            text primary key,
    account       text        not null references account (name) on delete cascade,
    name          text        not null,
    role          text        not null,
    digest        bytea       not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    last_used_at  timestamptz
);
create index access_token_account on access_token (account);

-- Who changed what. No bodies: they may hold secrets.
create table audit_entry (
    seq       bigint generated always as identity primary key,
    at        timestamptz not null,
    account   text        not null,
    token_id  text,
    address   text        not null,
    method    text        not null,
    path      text        not null,
    status    int         not null
);
