using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Atlas.Domain.Playbooks;

namespace Atlas.Benchmarks.Cues;

/// <summary>Fifty cues as a language model writes them, and a text as long as a step with its tool results.</summary>
internal static class CueSamples
{
    /// <summary>The length of <see cref="Text"/>, in characters.</summary>
    public const int TextLength = 4096;

    private static readonly string[] Keywords =
    [
        "refund", "gift card", "tracking number", "address change", "wrong size", "out of stock", "store credit",
        "loyalty points", "duplicate charge", "payment declined", "permission denied", "rate limit", "connection reset",
        "stack trace", "null reference", "no such file", "merge conflict", "certificate expired", "disk full", "out of memory",
    ];

    private static readonly string[] Expressions =
    [
        @"\border\s+#?\d{4,}\b", @"(?i)\bcancel(?:l?ed|lation)?\b", @"return\s+(?:label|window|policy)",
        @"\b(?:visa|mastercard|amex)\b.*\bdeclin", @"refund(?:ed)?\s+(?:of|for)\s+\$?\d+(?:\.\d{2})?", @"\bSKU-[A-Z]{2}\d{4}\b",
        @"\b[\w.+-]+@[\w-]+\.[\w.]+\b", @"\bHTTP\s+5\d\d\b", @"time(?:d)?\s*[- ]?out", @"(?:Type|Value|Key)Error:\s+\w+",
        @"exit\s+code\s+[1-9]\d*", @"\bERROR\b.*\bdatabase\b", @"(?P<unit>\d+)\s*(?:ms|seconds?)\s+elapsed", @"^\s*Traceback",
        @"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", @"""status""\s*:\s*""(?:failed|error)""", @"not\s+found\s+in\s+(?:catalog|index)",
        @"\b(?:first|second|third)\s+attempt\b", @"(?:ship|deliver)(?:ped|ment|y)?\s+to\s+[A-Z]\w+", @"escalat(?:e|ed|ion)\s+to\s+(?:tier|level)\s*\d",
    ];

    private static readonly string[] Predicates =
    [
        "refund AND NOT approved", "order id missing OR order not found", "tool failed AND retried", "customer angry",
        "status pending AND shipped", "timeout OR deadline exceeded", "NOT verified AND payment", "policy unclear OR exception requested",
        "json AND parse error", "quota AND exceeded",
    ];

    private static readonly string[] Sentences =
    [
        "The customer writes that order #{0} came in the wrong colour and asks for a refund before the weekend.",
        "get_order returned {{\"order_id\": {0}, \"status\": \"shipped\", \"items\": [{{\"sku\": \"SKU-AB1{0}\", \"price\": 39.90}}]}}.",
        "The parcel left the warehouse on 2026-03-0{1}T08:15 and was last scanned in the sorting centre two days ago.",
        "Look up the delivery address first, compare it with the one in the message, and only then change anything.",
        "Earlier the carrier's service answered with HTTP 503 on the first attempt; the second one succeeded after 840 ms.",
        "The account was opened three years ago, has eleven finished purchases and no open complaint of any kind.",
        "According to the handbook, items that were worn or washed are exchanged but never paid back in cash.",
        "Write the answer in a friendly tone, name the next step and when it will happen, and do not promise a date.",
    ];

    /// <summary>Gets the cues, of mixed kinds.</summary>
    public static ImmutableArray<EntryCue> Cues { get; } =
    [
        .. Keywords.Select(pattern => new EntryCue { Type = "keyword", Pattern = pattern })
            .Concat(Expressions.Select(pattern => new EntryCue { Type = "regex", Pattern = pattern }))
            .Concat(Predicates.Select(pattern => new EntryCue { Type = "predicate", Pattern = pattern })),
    ];

    /// <summary>Gets a text in which some of the cues occur, but most do not, as in practice.</summary>
    public static string Text { get; } = MakeText();

    private static string MakeText()
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < TextLength; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, Sentences[i % Sentences.Length], 1042 + i, 1 + (i % 9)).Append('\n');
        }

        return text.ToString(0, TextLength);
    }
}
