-- Ends of outages that are held while somebody works there, found by what fails again.
create index notification_outage_end on notification (outage_id)
    where event = 'RECOVERED' and issue_id is null and outage_id is not null
        and next_at is not null and holds is not null;
