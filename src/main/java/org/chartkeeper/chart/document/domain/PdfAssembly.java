package org.chartkeeper.chart.document.domain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;

/**
 * Makes a PDF of pages of a file, in an order of their own and turned. Pages of one scan may belong to several patients:
 * nothing of a page that is left out may be found in what is made, so a page takes along what its own content names and
 * nothing else.
 */
final class PdfAssembly {

    private static final List<COSName> BOXES = List.of(COSName.MEDIA_BOX, COSName.CROP_BOX);
    private static final Set<COSName> OF_ANNOTATION = Set.of(
            COSName.TYPE,
            COSName.SUBTYPE,
            COSName.RECT,
            COSName.F,
            COSName.C,
            COSName.AP,
            COSName.AS,
            COSName.getPDFName("BS"),
            COSName.getPDFName("Border"),
            COSName.CA);
    /** Kinds of annotation that are part of what the page shows, where they have a picture of their own. */
    private static final Set<String> SHOWN = Set.of(
            "Stamp",
            "FreeText",
            "Ink",
            "Widget",
            "Highlight",
            "Underline",
            "StrikeOut",
            "Square",
            "Circle",
            "Line",
            "Polygon",
            "PolyLine",
            "Caret");

    private PdfAssembly() {}

    /** A page to take: its number in the file and by how many degrees it is turned to the right. */
    record Turned(int number, int rotation) {}

    static void write(Path file, FileKind kind, List<Turned> pages, Path target) throws IOException {
        try (PDDocument made = new PDDocument(IOUtils.createTempFileOnlyStreamCache());
                OutputStream out = Files.newOutputStream(target)) {
            if (kind == FileKind.PDF) {
                try (PDDocument source = PdfGuard.open(file)) {
                    for (Turned page : pages) {
                        copy(source.getPage(page.number() - 1), page.rotation(), made);
                    }
                    made.save(out);
                }
            } else {
                for (Turned page : pages) {
                    picture(file, kind, page, made);
                }
                made.save(out);
            }
        }
    }

    // ---- pictures
    // --------------------------------------------------------------------------------------------------------

    private static void picture(Path file, FileKind kind, Turned page, PDDocument made) throws IOException {
        PDImageXObject image;
        if (kind == FileKind.JPEG) {
            try (InputStream in = Files.newInputStream(file)) {
                image = JPEGFactory.createFromStream(made, in);
            }
        } else {
            BufferedImage read = Pictures.read(file, kind, page.number(), Integer.MAX_VALUE);
            image = read.getType() == BufferedImage.TYPE_BYTE_BINARY
                            && read.getColorModel().getPixelSize() == 1
                    ? CCITTFactory.createFromImage(made, read)
                    : JPEGFactory.createFromImage(made, rgb(read), 0.92f);
        }
        // As large as a letter sheet at most; how many dots an inch has is seldom said and often wrong.
        float factor = Math.min(1, Math.min(612f / image.getWidth(), 792f / image.getHeight()));
        float width = image.getWidth() * factor;
        float height = image.getHeight() * factor;
        PDPage sheet = new PDPage(new PDRectangle(width, height));
        sheet.setRotation(page.rotation());
        made.addPage(sheet);
        try (PDPageContentStream content = new PDPageContentStream(made, sheet)) {
            content.drawImage(image, 0, 0, width, height);
        }
    }

    private static BufferedImage rgb(BufferedImage read) {
        if (read.getType() == BufferedImage.TYPE_INT_RGB
                || read.getType() == BufferedImage.TYPE_3BYTE_BGR
                || read.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            return read;
        }
        BufferedImage plain = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        java.awt.Graphics2D graphics = plain.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, plain.getWidth(), plain.getHeight());
        graphics.drawImage(read, 0, 0, null);
        graphics.dispose();
        return plain;
    }

    // ---- pages of a PDF
    // --------------------------------------------------------------------------------------------------

    private static void copy(PDPage from, int rotation, PDDocument made) throws IOException {
        PDPage to = new PDPage(from.getMediaBox());
        for (COSName box : BOXES) {
            COSBase value = inherited(from.getCOSObject(), box);
            if (value instanceof COSArray array) {
                to.getCOSObject().setItem(box, numbers(array));
            }
        }
        to.setRotation(Math.floorMod(from.getRotation() + rotation, 360));
        COSBase unit = from.getCOSObject().getDictionaryObject(COSName.getPDFName("UserUnit"));
        if (unit != null) {
            to.getCOSObject().setItem(COSName.getPDFName("UserUnit"), unit);
        }
        Copier copier = new Copier(made);
        PDStream content = new PDStream(made, from.getContents(), COSName.FLATE_DECODE);
        to.setContents(content);
        PDResources resources = from.getResources();
        if (resources != null) {
            to.getCOSObject()
                    .setItem(
                            COSName.RESOURCES,
                            copier.resources(resources.getCOSObject(), Copier.names(new PDFStreamParser(from)), 0));
        }
        COSArray annotations = annotations(from, copier);
        if (annotations.size() > 0) {
            to.getCOSObject().setItem(COSName.ANNOTS, annotations);
        }
        made.addPage(to);
    }

    private static @Nullable COSBase inherited(COSDictionary page, COSName key) {
        COSDictionary at = page;
        for (int depth = 0; depth < 50 && at != null; depth++) {
            COSBase value = at.getDictionaryObject(key);
            if (value != null) {
                return value;
            }
            at = at.getCOSDictionary(COSName.PARENT);
        }
        return null;
    }

    private static COSArray numbers(COSArray array) {
        COSArray copy = new COSArray();
        for (float number : array.toFloatArray()) {
            copy.add(new org.apache.pdfbox.cos.COSFloat(number));
        }
        return copy;
    }

    /** What was stamped or written onto the page; never a link, an action or a reference to another page. */
    private static COSArray annotations(PDPage from, Copier copier) throws IOException {
        COSArray kept = new COSArray();
        COSArray all = from.getCOSObject().getCOSArray(COSName.ANNOTS);
        for (int i = 0; all != null && i < all.size(); i++) {
            if (!(all.getObject(i) instanceof COSDictionary annotation)
                    || !SHOWN.contains(String.valueOf(annotation.getNameAsString(COSName.SUBTYPE)))
                    || annotation.getCOSDictionary(COSName.AP) == null) {
                continue;
            }
            COSDictionary copy = new COSDictionary();
            for (COSName key : OF_ANNOTATION) {
                COSBase value = annotation.getDictionaryObject(key);
                if (value != null) {
                    copy.setItem(key, copier.copy(value, 0));
                }
            }
            kept.add(copy);
        }
        return kept;
    }

    /** Copies objects into another document by what they hold; of resources only what a content names. */
    private static final class Copier {

        private static final int DEEPEST = 60;
        /** Ways out of an object to the page that it stands on and to other parts of the document. */
        private static final Set<COSName> WAYS_OUT = Set.of(
                COSName.PARENT,
                COSName.P,
                COSName.getPDFName("Pg"),
                COSName.STRUCT_PARENT,
                COSName.STRUCT_PARENTS,
                COSName.METADATA,
                COSName.getPDFName("PieceInfo"),
                COSName.getPDFName("OPI"),
                COSName.getPDFName("Ref"),
                COSName.getPDFName("Dest"),
                COSName.A,
                COSName.getPDFName("AA"));

        private final PDDocument made;
        private final Map<COSBase, COSBase> copied = new HashMap<>();

        Copier(PDDocument made) {
            this.made = made;
        }

        COSDictionary resources(COSDictionary resources, Set<COSName> named, int depth) throws IOException {
            COSDictionary kept = new COSDictionary();
            Set<COSName> all = new HashSet<>(named);
            // A form without resources of its own uses those of the page.
            for (COSName name : named) {
                if (in(resources, COSName.XOBJECT, name) instanceof COSStream form
                        && form.getCOSDictionary(COSName.RESOURCES) == null
                        && COSName.FORM.equals(form.getCOSName(COSName.SUBTYPE))) {
                    all.addAll(names(form));
                }
            }
            for (COSName kind : resources.keySet()) {
                COSBase entries = resources.getDictionaryObject(kind);
                if (entries instanceof COSDictionary dictionary && !(entries instanceof COSStream)) {
                    COSDictionary chosen = new COSDictionary();
                    for (COSName name : dictionary.keySet()) {
                        COSBase value = dictionary.getDictionaryObject(name);
                        if (value != null && all.contains(name)) {
                            chosen.setItem(name, copy(value, depth + 1));
                        }
                    }
                    if (chosen.size() > 0) {
                        kept.setItem(kind, chosen);
                    }
                }
            }
            return kept;
        }

        private static @Nullable COSBase in(COSDictionary resources, COSName kind, COSName name) {
            COSDictionary entries = resources.getCOSDictionary(kind);
            return entries == null ? null : entries.getDictionaryObject(name);
        }

        COSBase copy(COSBase from, int depth) throws IOException {
            if (depth > DEEPEST) {
                throw Refusal.of("The PDF is nested too deeply to be split.");
            }
            COSBase value = from instanceof COSObject reference ? reference.getObject() : from;
            if (value == null) {
                return org.apache.pdfbox.cos.COSNull.NULL;
            }
            COSBase before = copied.get(value);
            if (before != null) {
                return before;
            }
            if (value instanceof COSStream stream) {
                return stream(stream, depth);
            }
            if (value instanceof COSDictionary dictionary) {
                COSDictionary copy = new COSDictionary();
                copied.put(value, copy);
                entries(dictionary, copy, depth, null);
                return copy;
            }
            if (value instanceof COSArray array) {
                COSArray copy = new COSArray();
                copied.put(value, copy);
                for (int i = 0; i < array.size(); i++) {
                    COSBase item = array.getObject(i);
                    copy.add(item == null ? org.apache.pdfbox.cos.COSNull.NULL : copy(item, depth + 1));
                }
                return copy;
            }
            return value;
        }

        private COSStream stream(COSStream from, int depth) throws IOException {
            COSStream copy = made.getDocument().createCOSStream();
            copied.put(from, copy);
            Set<COSName> named = from.getCOSDictionary(COSName.RESOURCES) == null ? Set.of() : names(from);
            entries(from, copy, depth, named);
            try (InputStream in = from.createRawInputStream();
                    OutputStream out = copy.createRawOutputStream()) {
                in.transferTo(out);
            }
            return copy;
        }

        private void entries(COSDictionary from, COSDictionary to, int depth, @Nullable Set<COSName> named)
                throws IOException {
            for (COSName key : from.keySet()) {
                COSBase value = from.getDictionaryObject(key);
                if (value == null || WAYS_OUT.contains(key) || key.equals(COSName.LENGTH) && named != null) {
                    continue;
                }
                // A reference to a page, however it got here, ends here.
                if (value instanceof COSDictionary page && COSName.PAGE.equals(page.getCOSName(COSName.TYPE))) {
                    continue;
                }
                if (key.equals(COSName.RESOURCES) && value instanceof COSDictionary resources && named != null) {
                    to.setItem(key, resources(resources, named, depth + 1));
                } else {
                    to.setItem(key, copy(value, depth + 1));
                }
            }
        }

        private static Set<COSName> names(COSStream content) throws IOException {
            try (InputStream in = content.createInputStream()) {
                return names(new PDFStreamParser(in.readAllBytes()));
            }
        }

        /** Every name that a content speaks of. */
        static Set<COSName> names(PDFStreamParser parser) throws IOException {
            Set<COSName> names = new HashSet<>();
            for (Object token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
                if (token instanceof COSName name) {
                    names.add(name);
                } else if (token instanceof COSArray || token instanceof COSDictionary) {
                    inside((COSBase) token, names);
                }
            }
            return names;
        }

        private static void inside(COSBase token, Set<COSName> names) {
            if (token instanceof COSName name) {
                names.add(name);
            } else if (token instanceof COSArray array) {
                for (COSBase item : array) {
                    inside(item, names);
                }
            } else if (token instanceof COSDictionary dictionary) {
                for (COSName key : dictionary.keySet()) {
                    inside(dictionary.getItem(key), names);
                }
            }
        }
    }
}
