package org.chartkeeper.chart.document.domain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.text.PDFTextStripper;

/** Draws pages of a PDF and reads their text, within time and memory. */
final class PdfPages {

    private static final Duration DRAWING = Duration.ofSeconds(20);
    private static final Duration READING = Duration.ofSeconds(60);
    /** Dots per point at most: a stamp is not drawn as large as a sheet. */
    private static final float FINEST = 4;

    private PdfPages() {}

    /** A page as a picture, its longest side no longer than asked for. */
    static BufferedImage draw(PDDocument document, int page, int longest) throws IOException {
        PDRectangle box = document.getPage(page - 1).getCropBox();
        float side = Math.max(1, Math.max(box.getWidth(), box.getHeight()));
        PDFRenderer renderer = new Bounded(document);
        renderer.setSubsamplingAllowed(true);
        try {
            return renderer.renderImage(page - 1, Math.min(FINEST, longest / side), ImageType.RGB);
        } catch (IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException
                | ArithmeticException
                | ClassCastException
                | NullPointerException
                | NegativeArraySizeException
                | StackOverflowError damaged) {
            // Damage shows itself in all these ways.
            throw new IOException("the page cannot be drawn", damaged);
        }
    }

    /** The words of all pages, as far as they are kept for the search. */
    static String text(PDDocument document) throws IOException {
        BoundedStripper stripper = new BoundedStripper();
        try {
            return stripper.getText(document);
        } catch (BoundedStripper.Enough enough) {
            return stripper.soFar();
        } catch (RuntimeException damaged) {
            throw new IOException("the text cannot be read", damaged);
        }
    }

    private static long end(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    /** Gives up on a page that takes too long, and leaves an image out that says another size than it has. */
    private static final class Bounded extends PDFRenderer {

        private final long end = end(DRAWING);

        Bounded(PDDocument document) {
            super(document);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new PageDrawer(parameters) {
                @Override
                protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
                    if (System.nanoTime() - end > 0) {
                        throw new TooLong();
                    }
                    super.processOperator(operator, operands);
                }

                @Override
                public void drawImage(PDImage image) throws IOException {
                    long width = image.getWidth();
                    long height = image.getHeight();
                    if (width > 0
                            && height > 0
                            && width < Bounds.PIXELS
                            && height < Bounds.PIXELS
                            && width * height <= Bounds.PIXELS) {
                        super.drawImage(image);
                    }
                }

                @Override
                protected void operatorException(Operator operator, List<COSBase> operands, IOException e)
                        throws IOException {
                    if (e instanceof TooLong) {
                        throw e;
                    }
                    super.operatorException(operator, operands, e);
                }
            };
        }
    }

    /** A page that takes too long to draw. */
    private static final class TooLong extends IOException {
        TooLong() {
            super("the page takes too long to draw");
        }
    }

    private static final class BoundedStripper extends PDFTextStripper {

        private final long end = end(READING);
        private final StringBuilder read = new StringBuilder();

        /** As much as is kept was read. */
        private static final class Enough extends RuntimeException {
            Enough() {
                super("enough", null, false, false);
            }
        }

        BoundedStripper() {
            setSortByPosition(true);
        }

        String soFar() {
            return read.toString();
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            if (System.nanoTime() - end > 0) {
                throw new Enough();
            }
            super.processOperator(operator, operands);
        }

        @Override
        protected void writeString(String text) throws IOException {
            super.writeString(text);
            read.append(text).append(' ');
            if (read.length() > Bounds.SEARCHED) {
                throw new Enough();
            }
        }
    }
}
