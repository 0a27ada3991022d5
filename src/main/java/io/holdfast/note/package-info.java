/** x */
package io.holdfast.note;
