-- A text has a body, a short form for where there is little room, and an e-mail's subject.
alter table notice_template rename column template to body;
alter table notice_template add column subject text not null default '';
alter table notice_template add column brief text not null default '';
alter table notice_template add column changed_by text not null default '';
