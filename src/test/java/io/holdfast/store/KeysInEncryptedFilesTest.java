package io.holdfast.store;

class KeysInEncryptedFilesTest extends KeysInAnyFormTest {

    KeysInEncryptedFilesTest() {
        super(KeyForm.PASSPHRASE);
    }
}
