package cctvout.importing;

import cctvout.record.Violation;

import com.fasterxml.aalto.stax.InputFactoryImpl;

import org.jspecify.annotations.Nullable;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a part by the parser that the library has, set as the library sets it: what is a row to the
 * one is a row to the other, in a comment, a CDATA section or under whatever prefix. The library
 * holds a row whole, and one place for each column up to the last.
 */
final class SheetLimits {

    /** ECMA-376 and every program that writes such files end at XFD. */
    static final int MAX_COLUMNS = 16_384;

    /** The library goes by the characters before the digits, whatever and however many they are. */
    private static final Pattern REFERENCE = Pattern.compile("\\$?[A-Za-z]{1,3}\\$?[0-9]{1,7}");

    private static final XMLInputFactory PARSER = parser();

    private final long maxRow;
    private long row = -1;
    private int cells;

    /**
     * @param maxRow bytes of one row's XML, and of anything between two tags
     */
    SheetLimits(long maxRow) {
        this.maxRow = maxRow;
    }

    private static XMLInputFactory parser() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /**
     * Blocks; reads up to the end, or to where it is no XML any more: so far the library comes too.
     * Throws {@link TableException} where a row is longer than the limit, or wider than any sheet.
     */
    void check(InputStream part) {
        var in = new Position(part);
        try {
            XMLStreamReader xml = PARSER.createXMLStreamReader(in);
            while (xml.hasNext()) {
                event(xml.next(), xml, in.at);
                in.told = in.at;
            }
        } catch (XMLStreamException noMoreXml) {
            // the library reads no further either, and says so where it wanted to
        }
    }

    private void event(int event, XMLStreamReader xml, long at) {
        if (event == XMLStreamConstants.START_ELEMENT) {
            begun(xml, at);
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
            row = -1;
        }
        if (row >= 0 && at - row > maxRow) {
            throw new TableException("a row of more than " + maxRow + " bytes");
        }
    }

    private void begun(XMLStreamReader xml, long at) {
        String name = xml.getLocalName();
        if (name.equals("row") && row < 0) {
            row = at;
            cells = 0;
        } else if (name.equals("c") && row >= 0) {
            cells++;
            if (cells > MAX_COLUMNS) {
                throw new TableException("a row of more than " + MAX_COLUMNS + " cells");
            }
            place(xml.getAttributeValue(null, "r"));
        }
    }

    private static void place(@Nullable String reference) {
        if (reference != null && !REFERENCE.matcher(reference).matches()) {
            throw new TableException(
                    "a cell at "
                            + new Violation("", reference, "").value()
                            + ", where no sheet has one");
        }
    }

    /** A parser holds a tag with all its attributes before it tells of it. */
    private final class Position extends FilterInputStream {
        private long at;
        private long told;

        Position(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] piece, int from, int most) throws IOException {
            int read = in.read(piece, from, most);
            at += Math.max(0, read);
            if (at - told > maxRow) {
                throw new TableException("more than " + maxRow + " bytes without a tag");
            }
            return read;
        }
    }
}
