from eval.compounds import compound_figures, words


def test_the_annotated_words_are_spelled_by_their_pieces() -> None:
    every = words()
    assert len(every) == len({word.word for word in every}) == 200
    assert sum(word.held_out for word in every) == 100
    for word in every:
        assert "".join(word.pieces) == word.word
        assert all(len(parts) != 1 for parts in word.parts)


def test_nine_of_ten_words_are_split_as_a_reader_splits_them() -> None:
    figure = compound_figures()[0]
    assert figure.name == "alla"
    assert figure.met
