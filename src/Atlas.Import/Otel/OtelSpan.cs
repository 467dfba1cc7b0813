using System.Globalization;
using System.Text.Json;
using Atlas.Import.Json;

namespace Atlas.Import.Otel;

/// <summary>A span of a generative AI system, with only the fields that are read.</summary>
internal sealed class OtelSpan
{
    private OtelSpan(JsonElement span, string trace)
    {
        TraceId = trace;
        Name = Fields.OptionalText(span, "name") ?? "";
        IsRoot = string.IsNullOrEmpty(Text(span, "parentSpanId", "parent_span_id", "parent_id"));
        StartedAt = Nanoseconds(span, "startTimeUnixNano", "start_time_unix_nano") ?? Ticks(Text(span, "start_time"));
        HasFailed = Fields.Optional(Fields.Optional(span, "status"), "code") is var code
            && (code.ValueKind == JsonValueKind.Number ? code.GetRawText() == "2" : code.ValueKind == JsonValueKind.String && code.GetString() == "STATUS_CODE_ERROR");
        Attributes = new OtelAttributes(span);
        Events = Fields.Optional(span, "events") is { ValueKind: JsonValueKind.Array } events
            ? [.. events.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
                .Select(item => new OtelEvent(Fields.OptionalText(item, "name") ?? "", new OtelAttributes(item)))]
            : [];
    }

    public string TraceId { get; }

    public string Name { get; }

    public bool IsRoot { get; }

    /// <summary>Gets its start in nanoseconds since 1970; 0 if it is not given.</summary>
    public ulong StartedAt { get; }

    public bool HasFailed { get; }

    public OtelAttributes Attributes { get; }

    public IReadOnlyList<OtelEvent> Events { get; }

    /// <summary>Gets its operation: <c>chat</c>, <c>execute_tool</c>, <c>invoke_agent</c> and so on.</summary>
    public string Operation => Attributes.Text("gen_ai.operation.name") ?? (Attributes.Text("gen_ai.tool.name") is null ? "chat" : "execute_tool");

    /// <summary>Reads a span; returns null if it does not belong to a generative AI system.</summary>
    /// <exception cref="RecordException">The element is not a span.</exception>
    public static OtelSpan? Read(JsonElement span)
    {
        if (span.ValueKind != JsonValueKind.Object)
        {
            throw new RecordException($"A span must be an object; this one is {Fields.Describe(span.ValueKind)}.");
        }

        var trace = Text(span, "traceId", "trace_id") ?? Text(Fields.Optional(span, "context"), "trace_id")
            ?? throw new RecordException("'traceId' is missing, so this is not a span.");
        var read = new OtelSpan(span, trace);
        return read.Attributes.Names.Any(IsGenAi) || read.Events.Any(item => IsGenAi(item.Name)) ? read : null;
    }

    private static bool IsGenAi(string name) => name.StartsWith("gen_ai.", StringComparison.Ordinal);

    private static string? Text(JsonElement owner, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Fields.OptionalText(owner, name) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    // Protocol buffers write 64-bit numbers as text in JSON; some exporters write a number.
    private static ulong? Nanoseconds(JsonElement span, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var value = Fields.Optional(span, name);
            if ((value.ValueKind == JsonValueKind.String && ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var time))
                || (value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out time)))
            {
                return time;
            }
        }

        return null;
    }

    private static ulong Ticks(string? time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at > DateTimeOffset.UnixEpoch
            ? (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100
            : 0;
}

/// <summary>An event of a span.</summary>
internal sealed record OtelEvent(string Name, OtelAttributes Attributes);
