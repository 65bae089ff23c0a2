package cctvout.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

import java.beans.PropertyEditorSupport;
import java.time.Instant;

/**
 * How parameters are read. One that is named and left empty, such as {@code ?line=}, asks for
 * nothing.
 */
@ControllerAdvice
class EmptyParameters {

    @InitBinder
    void asAbsent(WebDataBinder binder) {
        if (HttpHeaders.IF_MATCH.equals(binder.getObjectName())) {
            return; // it demands something, if only nobody knows what
        }
        binder.registerCustomEditor(String.class, new Absent());
        binder.registerCustomEditor(Instant.class, new Time());
    }

    private static final class Time extends PropertyEditorSupport {
        @Override
        public void setAsText(@Nullable String text) {
            setValue(text == null || text.isBlank() ? null : KnownTimes.parse(text.strip()));
        }
    }

    private static final class Absent extends PropertyEditorSupport {
        @Override
        public void setAsText(@Nullable String text) {
            setValue(text == null || text.isEmpty() ? null : text);
        }

        @Override
        public String getAsText() {
            return getValue() == null ? "" : getValue().toString();
        }
    }
}
