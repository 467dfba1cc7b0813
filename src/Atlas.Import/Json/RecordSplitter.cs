using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Atlas.Import.Json;

/// <summary>Cuts records out of JSON text as it arrives: the elements of a list, values one after another (JSON Lines), or the elements of
/// lists inside objects. Only strings and brackets are examined, so an error inside a record affects only that record.</summary>
/// <param name="path">The members that lead to the list of records; alternative names at one level are separated by <c>|</c>. An object
/// without such a member is itself a record.</param>
/// <param name="hasLines">Whether every line is a separate JSON text; detected if unknown.</param>
/// <param name="longest">The maximum length of a record, in bytes; a longer one is skipped and reported.</param>
internal sealed class RecordSplitter(ImmutableArray<string> path, bool hasLines, int longest)
{
    private static readonly SearchValues<byte> InsideString = SearchValues.Create("\"\\\n"u8);
    private readonly string[][] _names = [.. path.Select(level => level.Split('|'))];
    private readonly Stack<Frame> _frames = new();
    private readonly Nesting _nesting = new();
    private readonly CaptureBuffer _capture = new(longest);
    private readonly List<byte> _key = [];
    private State _state = State.Between;
    private bool _hasLines = hasLines;
    private bool _anyFound;
    private bool _isRecord;
    private bool _keyIsEscaped;
    private long _offset;
    private long _line = 1;
    private long _lineStart;
    private (long Line, long Column, long Offset) _begin;

    private enum State { Between, Scalar, Value, Key, Colon, RestOfLine }

    private record struct Frame(bool IsObject, int Level, bool HasList, long Line);

    /// <summary>Gets the pieces that have been cut out and not been taken yet.</summary>
    public Queue<RawRecord> Found { get; } = new();

    /// <summary>Gets a value indicating whether nothing more can be cut out.</summary>
    public bool HasEnded { get; private set; }

    private int Level => _frames.TryPeek(out var frame) ? frame.Level : 0;

    /// <summary>Processes the next bytes.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length && !HasEnded; at++)
        {
            if (_state is State.Value && _nesting.InString && !_nesting.IsEscaped)
            {
                // Most bytes are inside strings and have no meaning here, so skip them quickly.
                var plain = bytes[at..].IndexOfAny(InsideString) is var stop and >= 0 ? stop : bytes.Length - at;
                _capture.Add(bytes.Slice(at, plain));
                _offset += plain;
                at += plain;
                if (at == bytes.Length)
                {
                    break;
                }
            }

            Take(bytes[at]);
            _offset++;
        }
    }

    /// <summary>Signals that there are no more bytes.</summary>
    public void End()
    {
        if (HasEnded)
        {
            return;
        }

        if (_state is State.Scalar)
        {
            Finish();
        }
        else if (_state is not (State.Between or State.RestOfLine) || _frames.Count > 0)
        {
            if (_hasLines)
            {
                BreakLine("its line is incomplete");
            }
            else
            {
                Fail("The file ends before its JSON is complete");
            }
        }

        HasEnded = true;
    }

    private void Take(byte letter)
    {
        if (letter == '\n')
        {
            EndLine();
        }

        // A line may have ended what was being read.
        switch (_state)
        {
            case State.Between: Between(letter); break;
            case State.Scalar: Scalar(letter); break;
            case State.Value: Value(letter); break;
            case State.Key: Key(letter); break;
            case State.Colon: Colon(letter); break;
            case State.RestOfLine: break;
        }
    }

    private void EndLine()
    {
        if (_state is State.RestOfLine)
        {
            _state = State.Between;
        }
        else if (_frames.Count <= 1 && IsInText() && (!_frames.TryPeek(out var within) || within.IsObject))
        {
            // A string cannot continue past the end of a line, so this must be a line that was cut off.
            _hasLines = true;
            BreakLine("a string in it is not closed on its line");
            _state = State.Between;
        }
        else if (_hasLines && (_state is not (State.Between or State.Scalar) || _frames.Count > 0))
        {
            if (IsOpening())
            {
                // Despite its name, the file spreads its values over several lines.
                _hasLines = false;
            }
            else
            {
                BreakLine("its line is incomplete");
                _state = State.Between;
            }
        }

        _line++;
        _lineStart = _offset + 1;
    }

    private bool IsInText() => _state is State.Key || (_state is State.Value && _nesting.InString);

    private bool IsOpening() => (!_anyFound && _capture.IsBracket)
        || (_frames.Count == 1 && !_frames.Peek().IsObject && _state is State.Between);

    private void Between(byte letter)
    {
        if (letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF or 0x1E)
        {
            _capture.Add(letter);
            return;
        }

        if (_frames.TryPeek(out var frame) && frame.IsObject)
        {
            Member(letter, frame);
        }
        else if (letter is (byte)']' or (byte)'}')
        {
            if (letter == ']' && _frames.Count > 0)
            {
                _frames.Pop();
                _capture.Stop();
            }
            else
            {
                Mismatch(letter);
            }
        }
        else
        {
            Begin(letter);
        }
    }

    private void Begin(byte letter)
    {
        if (_frames.Count == 0 && letter == '[')
        {
            _frames.Push(new Frame(IsObject: false, Level, HasList: false, _line));
            return;
        }

        if (_frames.Count == 0 && letter != '{' && !_anyFound && !_hasLines)
        {
            Fail("The file is not valid JSON: recorded runs are a JSON list of objects, or one object per line");
            return;
        }

        _begin = (_line, _offset - _lineStart + 1, _offset);
        _capture.Start();
        if (letter == '{' && Level < path.Length)
        {
            _frames.Push(new Frame(IsObject: true, Level, HasList: false, _line));
            _capture.Add(letter);
            return;
        }

        Open(letter, isRecord: true);
    }

    private void Member(byte letter, Frame frame)
    {
        if (letter == '"')
        {
            _capture.Add(letter);
            _key.Clear();
            _keyIsEscaped = false;
            _state = State.Key;
        }
        else if (letter == '}')
        {
            _capture.Add(letter);
            _frames.Pop();
            if (!frame.HasList)
            {
                Emit(RawKind.Record);
            }

            AfterValue(frame.Line);
        }
        else
        {
            Mismatch(letter);
        }
    }

    private void Key(byte letter)
    {
        _capture.Add(letter);
        if (letter == '"' && !_keyIsEscaped)
        {
            _state = State.Colon;
            return;
        }

        _keyIsEscaped = letter == '\\' && !_keyIsEscaped;
        if (_key.Count < 64)
        {
            _key.Add(letter);
        }
    }

    private void Colon(byte letter)
    {
        if (letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)':')
        {
            _capture.Add(letter);
            return;
        }

        var frame = _frames.Peek();
        if (letter == '[' && _names[frame.Level].Contains(System.Text.Encoding.UTF8.GetString([.. _key]), StringComparer.Ordinal))
        {
            _capture.Add("null}"u8);
            Emit(RawKind.Head);
            _capture.Stop();
            _frames.Pop();
            _frames.Push(frame with { HasList = true });
            _frames.Push(new Frame(IsObject: false, frame.Level + 1, HasList: false, _line));
            _state = State.Between;
            return;
        }

        Open(letter, isRecord: false);
    }

    private void Open(byte letter, bool isRecord)
    {
        _isRecord = isRecord;
        _nesting.Reset();
        _capture.Add(letter);
        _state = letter is (byte)'{' or (byte)'[' or (byte)'"' ? State.Value : State.Scalar;
        if (_state is State.Value)
        {
            _nesting.Take(letter);
        }
    }

    private void Scalar(byte letter)
    {
        var ends = _frames.Count == 0 ? letter == '\n' : letter is (byte)',' or (byte)']' or (byte)'}' or (byte)'\n';
        if (!ends)
        {
            _capture.Add(letter);
            return;
        }

        Finish();
        Between(letter);
    }

    private void Value(byte letter)
    {
        _capture.Add(letter);
        if (!_nesting.Take(letter))
        {
            Mismatch(letter);
        }
        else if (_nesting.IsClosed)
        {
            Finish();
        }
    }

    private void Finish()
    {
        _state = State.Between;
        if (_isRecord)
        {
            Emit(RawKind.Record);
            AfterValue(_begin.Line);
        }
    }

    // If a separate JSON text ends on the line on which it began, the others will, too.
    private void AfterValue(long begunOn)
    {
        _hasLines |= _frames.Count == 0 && begunOn == _line;
        _state = State.Between;
    }

    private void Emit(RawKind kind)
    {
        _anyFound = true;
        var fault = _capture.IsTooLong
            ? string.Create(CultureInfo.InvariantCulture, $"The record is longer than {longest / 1024 / 1024} MiB and was skipped.")
            : null;
        if (kind is not RawKind.Head || fault is null)
        {
            Found.Enqueue(new RawRecord(
                fault is null ? kind : RawKind.Fault, fault is null ? _capture.Bytes() : default, _begin.Line, _begin.Column, _begin.Offset, fault));
        }

        _capture.Stop();
    }

    private void Mismatch(byte letter)
    {
        var what = letter is >= 0x21 and <= 0x7E ? $"'{(char)letter}'" : $"byte 0x{letter:X2}";
        if (_hasLines)
        {
            BreakLine($"unexpected {what}");
            _state = State.RestOfLine;
        }
        else
        {
            Fail($"The file is not valid JSON: unexpected {what}");
        }
    }

    private void BreakLine(string why)
    {
        _frames.Clear();
        _capture.Stop();
        _anyFound = true;
        Found.Enqueue(new RawRecord(
            RawKind.Fault, default, _line, 1, _lineStart, $"The record is not valid JSON: {why}."));
    }

    private void Fail(string why)
    {
        Found.Enqueue(new RawRecord(
            RawKind.End, default, _line, _offset - _lineStart + 1, _offset,
            string.Create(CultureInfo.InvariantCulture, $"{why}, at line {_line}, byte {_offset - _lineStart + 1}. Nothing after that point was read.")));
        HasEnded = true;
    }
}
