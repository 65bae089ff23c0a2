-- Who is signed in with a page. The cookie's digest alone is kept: 256 random bits need no slow hash.
create table login_session (
    digest      bytea primary key,
    account     text        not null references account (name) on delete cascade,
    -- the account's when it signed in: under a newer one the session stands no longer
    version     bigint      not null,
    created_at  timestamptz not null,
    used_at     timestamptz not null,
    expires_at  timestamptz not null
);
create index login_session_account on login_session (account, used_at);
create index login_session_expires_at on login_session (expires_at);
