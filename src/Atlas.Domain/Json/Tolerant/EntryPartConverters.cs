using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Playbooks;

namespace Atlas.Domain.Json.Tolerant;

/// <summary>Reads a cue. A plain string is a keyword; anything else that is not an object is an empty keyword.</summary>
internal sealed class CueConverter : JsonConverter<EntryCue>
{
    public override bool HandleNull => true;

    public override EntryCue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new EntryCue { Pattern = OptionalText.ReadAny(ref reader) ?? "" };
        }

        return TolerantObject.Read<EntryCue>(ref reader, options) ?? new EntryCue();
    }

    public override void Write(Utf8JsonWriter writer, EntryCue value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>Reads an action. A plain string is its imperative.</summary>
internal sealed class ActionConverter : JsonConverter<EntryAction>
{
    public override bool HandleNull => true;

    public override EntryAction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new EntryAction { Imperative = OptionalText.ReadAny(ref reader) ?? "" };
        }

        return TolerantObject.Read<EntryAction>(ref reader, options) ?? new EntryAction();
    }

    public override void Write(Utf8JsonWriter writer, EntryAction value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>Reads a scope. A plain string is its constraints.</summary>
internal sealed class ScopeConverter : JsonConverter<EntryScope>
{
    public override bool HandleNull => true;

    public override EntryScope Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new EntryScope { Constraints = OptionalText.ReadAny(ref reader) ?? "" };
        }

        return TolerantObject.Read<EntryScope>(ref reader, options) ?? new EntryScope();
    }

    public override void Write(Utf8JsonWriter writer, EntryScope value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
