package cctvout.watchdog;

import cctvout.notification.NoticeText;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.template.Message;

import java.util.Optional;

/** What a control room reads of an alarm. */
final class AlarmText {

    private final NoticeText text;

    AlarmText(NoticeText text) {
        this.text = text;
    }

    /**
     * @param parties who has the channel that it is about
     */
    Message of(Alarm alarm, Parties parties, Language language) {
        int slash = alarm.subject().lastIndexOf('/');
        if (alarm.kind() != Trouble.CHANNEL_DEAD || slash < 0) {
            return text.alarm(
                    language,
                    alarm.kind().name(),
                    alarm.causes(),
                    alarm.openedAt(),
                    alarm.endedAt());
        }
        String id = alarm.subject().substring(0, slash);
        String key = alarm.subject().substring(slash + 1);
        Optional<Recipient> whose = parties.find(id);
        return text.deadChannel(
                language,
                whose.map(Recipient::name).orElse(id),
                whose.map(one -> one.channelsByKey().get(key))
                        .map(RecipientChannel::type)
                        .orElse(key),
                alarm.openedAt(),
                alarm.endedAt());
    }
}
