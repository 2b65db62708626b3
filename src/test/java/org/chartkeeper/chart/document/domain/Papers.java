package org.chartkeeper.chart.document.domain;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** Paper as it comes from the scanner, and files that somebody should not have sent. Each is made anew, so no two are the same. */
public final class Papers {

    private Papers() {}

    /** A PDF with a line of text on each page. */
    public static byte[] pdf(String... lines) {
        return pdf(document -> {}, lines);
    }

    static byte[] pdf(Consumer<PDDocument> change, String... lines) {
        try (PDDocument document = new PDDocument()) {
            for (String line : lines) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 18);
                    content.newLineAtOffset(72, 700);
                    content.showText(line);
                    content.newLineAtOffset(0, -30);
                    content.showText("Sheet " + UUID.randomUUID());
                    content.endText();
                }
            }
            change.accept(document);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PDF whose pages share one list of resources, as some scanners write it: each page names only its own form. */
    static byte[] pdfWithSharedResources(String... secrets) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDResources shared = new PDResources();
            for (int i = 0; i < secrets.length; i++) {
                PDFormXObject form = new PDFormXObject(document);
                try (var out = form.getCOSObject().createOutputStream()) {
                    out.write(("% " + secrets[i]).getBytes(StandardCharsets.US_ASCII));
                }
                form.setBBox(new org.apache.pdfbox.pdmodel.common.PDRectangle(100, 100));
                shared.put(COSName.getPDFName("Fm" + i), form);
            }
            for (int i = 0; i < secrets.length; i++) {
                PDPage page = new PDPage();
                page.setResources(shared);
                var stream = new org.apache.pdfbox.pdmodel.common.PDStream(document);
                try (var out = stream.createOutputStream()) {
                    out.write(("/Fm" + i + " Do").getBytes(StandardCharsets.US_ASCII));
                }
                page.setContents(stream);
                document.addPage(page);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    static byte[] picture(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(sheet("one", BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    /** A fax: black on white, several pages. */
    static byte[] tiff(int pages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int i = 1; i <= pages; i++) {
                writer.writeToSequence(
                        new IIOImage(sheet("page " + i, BufferedImage.TYPE_BYTE_BINARY), null, null), null);
            }
            writer.endWriteSequence();
        }
        return out.toByteArray();
    }

    private static BufferedImage sheet(String text, int type) {
        BufferedImage image = new BufferedImage(425, 550, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 425, 550);
        graphics.setColor(Color.BLACK);
        graphics.drawString(text + " " + UUID.randomUUID(), 20, 60);
        graphics.dispose();
        return image;
    }

    static byte[] pdfWithPicture() throws IOException {
        return pdf(
                document -> {
                    try (PDPageContentStream content = new PDPageContentStream(
                            document, document.getPage(0), PDPageContentStream.AppendMode.APPEND, true)) {
                        content.drawImage(
                                LosslessFactory.createFromImage(document, sheet("drawn", BufferedImage.TYPE_INT_RGB)),
                                50,
                                50);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "With a picture");
    }

    /** A PNG that says it is huge and holds next to nothing. */
    static byte[] pngOf(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        java.io.DataOutputStream data = new java.io.DataOutputStream(header);
        data.writeInt(width);
        data.writeInt(height);
        data.write(new byte[] {8, 2, 0, 0, 0});
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        java.io.DataOutputStream data = new java.io.DataOutputStream(out);
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        java.util.zip.CRC32 check = new java.util.zip.CRC32();
        check.update(name);
        check.update(content);
        data.writeInt(content.length);
        data.write(name);
        data.write(content);
        data.writeInt((int) check.getValue());
    }

    /** A little endian TIFF with one directory that says a size. */
    static byte[] tiffOf(int width, int height) {
        java.nio.ByteBuffer file = java.nio.ByteBuffer.allocate(64).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 2);
        file.putShort((short) 256).putShort((short) 4).putInt(1).putInt(width);
        file.putShort((short) 257).putShort((short) 4).putInt(1).putInt(height);
        file.putInt(0);
        return file.array();
    }

    static byte[] cda(String before, String title, String text) {
        return ("<?xml version=\"1.0\"?>" + before + "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>" + title
                        + "</title><component><structuredBody><component><section><title>Allergies</title><text><paragraph>"
                        + text + "</paragraph></text></section></component></structuredBody></component>"
                        + "<!-- " + UUID.randomUUID() + " --></ClinicalDocument>")
                .getBytes(StandardCharsets.UTF_8);
    }
}
