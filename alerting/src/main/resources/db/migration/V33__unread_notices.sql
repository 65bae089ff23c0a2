-- What lies unread in an inbox: counted and listed with each look at it, among all that was ever read.
create index notification_unread on notification (recipient_id, number)
    where channel = 'inbox' and status = 'SENT' and read_at is null;
