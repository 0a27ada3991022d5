package io.holdfast.audit;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One way to put the files of an export into one file. Writing is the definition: reading accepts what writing would have
 * written, so that no byte can be changed unseen, and nothing can hide between the files.
 */
interface ArchiveForm {

    /** Writes one archive; files come in the order of their paths. */
    interface Writer {
        void file(String path, byte[] bytes) throws IOException;

        void end() throws IOException;
    }

    Writer writer(OutputStream out);

    /** @throws UnreadableException if the archive is not one that was written so */
    ArchiveIndex index(ArchiveFile archive);

    /** @throws UnreadableException if the bytes are not those that were written */
    byte[] read(ArchiveFile archive, ArchiveIndex.Place place);
}
