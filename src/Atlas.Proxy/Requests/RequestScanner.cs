using System.Text;
using System.Text.Json;
using Atlas.Proxy.Routing;

namespace Atlas.Proxy.Requests;

/// <summary>Scans the bytes of a request once, and notes where things are. Creates no other representation of the body.</summary>
internal ref partial struct RequestScanner
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    private readonly CallKind _kind;
    private readonly ScannedRequest _found = new();
    private Utf8JsonReader _reader;

    private RequestScanner(ReadOnlySpan<byte> body, CallKind kind)
    {
        _kind = kind;
        _reader = new Utf8JsonReader(body, Options);
    }

    /// <summary>Scans a body; returns null if it is not a JSON object. It then passes unchanged, and the upstream says what is
    /// wrong.</summary>
    public static ScannedRequest? Scan(ReadOnlySpan<byte> body, CallKind kind)
    {
        try
        {
            return new RequestScanner(body, kind).Scan();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private readonly int Start => (int)_reader.TokenStartIndex;

    private readonly int End => (int)_reader.BytesConsumed;

    private ScannedRequest? Scan()
    {
        if (!_reader.Read() || _reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        _found.Inside = End;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            _found.IsEmpty = false;
            ScanMember();
        }

        return _reader.Read() ? null : _found;
    }

    private void ScanMember()
    {
        if (Is("model"u8))
        {
            _reader.Read();
            (_found.Model, _found.ModelAt) = (TextOrNull(), new Place(Start, End));
        }
        else if (Is("stream"u8))
        {
            _found.Streams = ReadTrue();
        }
        else if (Is("store"u8))
        {
            _reader.Read();
            _found.Store = _reader.TokenType is not JsonTokenType.False;
        }
        else if (_kind.IsAnthropic() ? Is("system"u8) : _kind is CallKind.Responses && Is("instructions"u8))
        {
            _reader.Read();
            if (_reader.TokenType is JsonTokenType.Null)
            {
                _found.SystemNull = new Place(Start, End);
            }
            else
            {
                _found.System = ScanContent(later: false);
            }
        }
        else if (_kind is CallKind.Responses ? Is("input"u8) : Is("messages"u8))
        {
            ScanList();
        }
        else if (Is("tools"u8))
        {
            ScanTools();
        }
        else if (Is("metadata"u8))
        {
            ScanMetadata();
        }
        else if (Is("conversation"u8))
        {
            _found.Conversation = ScanConversation();
        }
        else if (Is("previous_response_id"u8))
        {
            _found.PreviousResponse = ReadText();
        }
        else if (Is("prompt_cache_key"u8))
        {
            _found.PromptCacheKey = ReadText();
        }
        else if (Is("max_tokens"u8) || Is("max_completion_tokens"u8) || Is("max_output_tokens"u8))
        {
            var most = ReadCount();
            _found.MaxOutputTokens = most > (_found.MaxOutputTokens ?? 0) ? most : _found.MaxOutputTokens;
        }
        else if (_kind is CallKind.Chat or CallKind.Completions && (Is("n"u8) || Is("best_of"u8)))
        {
            _found.Choices = Math.Max(ReadCount() ?? 1, _found.Choices);
        }
        else if (_kind is CallKind.Completions && Is("prompt"u8))
        {
            _found.Prompts = CountPrompts();
        }
        else if (_kind.IsAnthropic() && Is("cache_control"u8))
        {
            // It marks the end of the conversation.
            NoteMarker(ReadMarker(), later: true);
        }
        else
        {
            SkipValue();
        }
    }

    private void ScanList()
    {
        _reader.Read();
        if (_reader.TokenType is JsonTokenType.String)
        {
            return;
        }

        if (_reader.TokenType is not JsonTokenType.StartArray)
        {
            _reader.Skip();
            return;
        }

        var start = Start;
        var leads = true;
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            _found.ListIsEmpty = false;
            if (_reader.TokenType is not JsonTokenType.StartObject)
            {
                _reader.Skip();
                leads = false;
                continue;
            }

            var turn = ScanTurn();
            leads &= turn.IsSystem;
            if (leads)
            {
                _found.Leading.Add(turn);
            }
        }

        _found.List = new Place(start, End);
    }

    private Turn ScanTurn()
    {
        var start = Start;
        var role = "";
        var content = Content.None;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Is("role"u8))
            {
                role = ReadText() ?? "";
            }
            else if (Is("content"u8))
            {
                _reader.Read();
                content = ScanContent(later: true);
            }
            else
            {
                SkipValue();
            }
        }

        return new Turn(role, new Place(start, End), content);
    }

    /// <summary>Scans a content; the reader is at its first token.</summary>
    private Content ScanContent(bool later)
    {
        var start = Start;
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return new Content(ContentForm.Text, new Place(start, End), []);
            case JsonTokenType.Null:
                return Content.None;
            case JsonTokenType.StartArray:
                break;
            default:
                _reader.Skip();
                return new Content(ContentForm.Other, new Place(start, End), []);
        }

        var blocks = new List<Block>();
        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            if (_reader.TokenType is JsonTokenType.StartObject)
            {
                blocks.Add(ScanBlock(later));
            }
            else
            {
                blocks.Add(new Block(new Place(Start, End), false, false, false));
                _reader.Skip();
            }
        }

        return new Content(ContentForm.Blocks, new Place(start, End), blocks);
    }

    private Block ScanBlock(bool later)
    {
        var start = Start;
        bool isText = false, isMarked = false, mustBeFirst = false;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Is("text"u8))
            {
                _reader.Read();
                isText = _reader.TokenType is JsonTokenType.String && End - Start > 2;
                mustBeFirst = isText && (_reader.ValueSpan.StartsWith("x-anthropic-billing-header"u8) || _reader.ValueSpan.StartsWith("You are Claude Code"u8)
                    || _reader.ValueSpan.StartsWith("You are a Claude agent"u8));
                _reader.Skip();
            }
            else if (_kind.IsAnthropic() && Is("cache_control"u8))
            {
                var marker = ReadMarker();
                isMarked = marker is not null;
                NoteMarker(marker, later);
            }
            else if (_kind.IsAnthropic() && Is("content"u8))
            {
                // The blocks of a tool's result can have markers of their own.
                _reader.Read();
                ScanContent(later);
            }
            else
            {
                SkipValue();
            }
        }

        return new Block(new Place(start, End), isText, isMarked, mustBeFirst);
    }

    private void ScanTools()
    {
        _reader.Read();
        if (!_kind.IsAnthropic() || _reader.TokenType is not JsonTokenType.StartArray)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            if (_reader.TokenType is not JsonTokenType.StartObject)
            {
                _reader.Skip();
                continue;
            }

            while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
            {
                if (Is("cache_control"u8))
                {
                    NoteMarker(ReadMarker(), later: false);
                }
                else
                {
                    SkipValue();
                }
            }
        }
    }

    private void ScanMetadata()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Is("atlas_learning_key"u8))
            {
                _found.LearningKey = ReadText();
            }
            else if (Is("user_id"u8))
            {
                _found.UserId = ReadText();
            }
            else
            {
                SkipValue();
            }
        }
    }

    private string? ScanConversation()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartObject)
        {
            var id = TextOrNull();
            _reader.Skip();
            return id;
        }

        string? named = null;
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Is("id"u8))
            {
                named = ReadText();
            }
            else
            {
                SkipValue();
            }
        }

        return named;
    }

    /// <summary>Returns a marker's lifetime; null if there is no marker, empty for the default lifetime.</summary>
    private string? ReadMarker()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.StartObject)
        {
            _reader.Skip();
            return null;
        }

        var time = "";
        while (_reader.Read() && _reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Is("ttl"u8))
            {
                time = ReadText() ?? "";
            }
            else
            {
                SkipValue();
            }
        }

        return time;
    }

    private readonly void NoteMarker(string? time, bool later)
    {
        if (time is not null)
        {
            _found.Markers++;
            _found.HasLaterMarker |= later;
            _found.LaterIsLong |= later && time == "1h";
        }
    }

    private readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    private bool ReadTrue()
    {
        _reader.Read();
        var isTrue = _reader.TokenType is JsonTokenType.True;
        _reader.Skip();
        return isTrue;
    }

    private string? ReadText()
    {
        _reader.Read();
        var text = TextOrNull();
        _reader.Skip();
        return text;
    }

    private readonly string? TextOrNull() => _reader.TokenType is JsonTokenType.String ? _reader.GetString() : null;

    private void SkipValue()
    {
        _reader.Read();
        _reader.Skip();
    }
}
