package org.chartkeeper.audit.domain;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The root of a Merkle tree (RFC 6962, section 2.1) over leaves that come one by one. Only the roots of its complete
 * subtrees are kept, so its size grows with the logarithm of the leaves.
 */
final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final Deque<Subtree> subtrees = new ArrayDeque<>();
    private int size;

    void add(byte[] leaf) {
        Subtree subtree = new Subtree(0, EventForm.sha256(LEAF, leaf));
        while (!subtrees.isEmpty() && subtrees.peek().height == subtree.height) {
            Subtree left = subtrees.pop();
            subtree = new Subtree(left.height + 1, EventForm.sha256(NODE, left.root, subtree.root));
        }
        subtrees.push(subtree);
        size++;
    }

    int size() {
        return size;
    }

    /** @throws IllegalStateException where there is no leaf */
    byte[] root() {
        if (subtrees.isEmpty()) {
            throw new IllegalStateException("a tree without leaves is not sealed");
        }
        byte[] root = new byte[0];
        boolean first = true;
        for (Subtree subtree : subtrees) {
            root = first ? subtree.root : EventForm.sha256(NODE, subtree.root, root);
            first = false;
        }
        return root;
    }

    private record Subtree(int height, byte[] root) {}
}
