package io.holdfast.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A plain tar: {@link TarFile} after {@link TarFile}, and two empty blocks. */
final class TarForm implements ArchiveForm {

    @Override
    public Writer writer(OutputStream out) {
        return new Writer() {
            @Override
            public void file(String path, byte[] bytes) throws IOException {
                out.write(TarFile.header(path, bytes.length));
                out.write(bytes);
                out.write(new byte[TarFile.padding(bytes.length)]);
            }

            @Override
            public void end() throws IOException {
                out.write(new byte[TarFile.END]);
            }
        };
    }

    @Override
    public ArchiveIndex index(ArchiveFile archive) {
        ArchiveIndex index = new ArchiveIndex();
        long at = 0;
        byte[] block = archive.read(at, TarFile.BLOCK);
        while (!TarFile.isEnd(block)) {
            String path = TarFile.path(block);
            int size = checkedSize(path, block);
            index.add(path, new ArchiveIndex.Place(at + TarFile.BLOCK, size, size, 0));
            checkPadding(path, archive.read(at + TarFile.BLOCK + size, TarFile.padding(size)));
            at += TarFile.BLOCK + size + TarFile.padding(size);
            block = archive.read(at, TarFile.BLOCK);
        }
        if (!TarFile.isEnd(archive.read(at, TarFile.END)) || archive.length() > at + TarFile.END) {
            throw ArchiveIndex.notOurs("there is something behind its last file");
        }
        return index;
    }

    static int checkedSize(String path, byte[] block) {
        int size = TarFile.size(block);
        if (size < 0 || !LogLayout.isPath(path) || !Arrays.equals(TarFile.header(path, size), block)) {
            throw ArchiveIndex.notOurs("it has a file that no export has, or one with a time or an owner");
        }
        return size;
    }

    static void checkPadding(String path, byte[] padding) {
        if (!TarFile.isEnd(padding)) {
            throw ArchiveIndex.notOurs("there is something behind " + path);
        }
    }

    @Override
    public byte[] read(ArchiveFile archive, ArchiveIndex.Place place) {
        return archive.read(place.at(), place.length());
    }
}
