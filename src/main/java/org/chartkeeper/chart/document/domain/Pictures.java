package org.chartkeeper.chart.document.domain;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** TIFF, JPEG and PNG: their size from their header, their pages at the size that is asked for. */
final class Pictures {

    private static final float QUALITY = 0.86f;

    private Pictures() {}

    /** How many pages a picture file has; refuses one that is too large before any of it is decoded. */
    static int pages(Path file, FileKind kind) throws IOException {
        if (kind == FileKind.TIFF) {
            return TiffHeader.read(file).size();
        }
        try (Open open = Open.of(file, kind)) {
            Bounds.pixels(open.reader.getWidth(0), open.reader.getHeight(0));
            return 1;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException broken) {
            throw new IOException("no readable header", broken);
        }
    }

    /**
     * A page, no larger than asked for. Of a large image only every second, third … dot is read.
     *
     * @param longest side of the picture in pixels; {@link Integer#MAX_VALUE} for the image as it is
     */
    static BufferedImage read(Path file, FileKind kind, int page, int longest) throws IOException {
        double stretch = 1;
        if (kind == FileKind.TIFF) {
            List<TiffHeader.Page> pages = TiffHeader.read(file);
            stretch = pages.get(page - 1).stretch();
        }
        try (Open open = Open.of(file, kind)) {
            ImageReader reader = open.reader;
            int width = reader.getWidth(page - 1);
            int height = reader.getHeight(page - 1);
            Bounds.pixels(width, height);
            ImageReadParam param = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(width, height) / 2 / Math.max(1, longest));
            param.setSourceSubsampling(step, step, 0, 0);
            BufferedImage read = reader.read(page - 1, param);
            return longest == Integer.MAX_VALUE && stretch == 1 ? read : scaled(read, stretch, longest);
        } catch (IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException
                | NegativeArraySizeException
                | ClassCastException
                | NullPointerException broken) {
            // The readers of the JDK meet damage in all these ways.
            throw new IOException("the picture cannot be read", broken);
        }
    }

    private static BufferedImage scaled(BufferedImage from, double stretch, int longest) {
        double tall = from.getHeight() * stretch;
        double factor = Math.min(1, longest / Math.max(from.getWidth(), tall));
        int width = Math.max(1, (int) Math.round(from.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(tall * factor));
        BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = to.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(from, 0, 0, width, height, null);
        graphics.dispose();
        return to;
    }

    /** Turned to the right by 0, 90, 180 or 270 degrees. */
    static BufferedImage turned(BufferedImage image, int degrees) {
        if (degrees == 0) {
            return image;
        }
        boolean across = degrees % 180 != 0;
        int width = across ? image.getHeight() : image.getWidth();
        int height = across ? image.getWidth() : image.getHeight();
        BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        AffineTransform turn = new AffineTransform();
        turn.translate(width / 2.0, height / 2.0);
        turn.quadrantRotate(degrees / 90);
        turn.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
        Graphics2D graphics = turned.createGraphics();
        graphics.drawImage(image, turn, null);
        graphics.dispose();
        return turned;
    }

    static byte[] jpeg(BufferedImage image) throws IOException {
        BufferedImage plain =
                image.getType() == BufferedImage.TYPE_INT_RGB ? image : scaled(image, 1, Integer.MAX_VALUE);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(plain, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * 1024);
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        }
        return bytes.toByteArray();
    }

    /** A reader on a file; the metadata beside the picture are never read. */
    private record Open(ImageInputStream in, ImageReader reader) implements AutoCloseable {

        static Open of(Path file, FileKind kind) throws IOException {
            Iterator<ImageReader> readers =
                    ImageIO.getImageReadersByFormatName(kind.name().toLowerCase(Locale.ROOT));
            if (!readers.hasNext()) {
                throw new IOException("no reader for " + kind);
            }
            ImageInputStream in = new FileImageInputStream(file.toFile());
            ImageReader reader = readers.next();
            reader.setInput(in, kind != FileKind.TIFF, true);
            return new Open(in, reader);
        }

        @Override
        public void close() throws IOException {
            reader.dispose();
            in.close();
        }
    }
}
