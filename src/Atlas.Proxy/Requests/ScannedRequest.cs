namespace Atlas.Proxy.Requests;

/// <summary>A value within a body.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind it; 0 for a value that is not there.</param>
internal readonly record struct Place(int Start, int End)
{
    public bool IsThere => End > 0;
}

/// <summary>What a content is written as.</summary>
internal enum ContentForm
{
    None,
    Text,
    Blocks,
    Other,
}

/// <summary>One block of a content.</summary>
/// <param name="At">Where it stands.</param>
/// <param name="IsText">Whether it is a text that is not empty.</param>
/// <param name="IsMarked">Whether it has a cache marker.</param>
/// <param name="MustBeFirst">Whether it is one of those that a client needs at the beginning.</param>
internal readonly record struct Block(Place At, bool IsText, bool IsMarked, bool MustBeFirst);

/// <summary>The content of a message, or a system prompt.</summary>
/// <param name="Form">What it is written as.</param>
/// <param name="At">Where it stands, quotes or brackets among it.</param>
/// <param name="Blocks">Its blocks, if it has them.</param>
internal sealed record Content(ContentForm Form, Place At, IReadOnlyList<Block> Blocks)
{
    public static readonly Content None = new(ContentForm.None, default, []);

    /// <summary>Whether it is a text without a character.</summary>
    public bool IsEmptyText => Form is ContentForm.Text && At.End - At.Start == 2;
}

/// <summary>A message of the conversation.</summary>
/// <param name="Role">Its role; empty for an item of another kind.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Content">Its content.</param>
internal sealed record Turn(string Role, Place At, Content Content)
{
    public bool IsSystem => Role is "system" or "developer";
}

/// <summary>What the proxy has to know of a request before it is sent, with where it stands in the bytes.</summary>
internal sealed class ScannedRequest
{
    /// <summary>The byte behind the brace that begins the body.</summary>
    public int Inside { get; set; }

    /// <summary>Whether the body has no members.</summary>
    public bool IsEmpty { get; set; } = true;

    public string? Model { get; set; }

    public Place ModelAt { get; set; }

    public bool Streams { get; set; }

    /// <summary>False only where the caller said so.</summary>
    public bool Store { get; set; } = true;

    /// <summary>Anthropic's <c>system</c>, or the <c>instructions</c> of OpenAI's responses.</summary>
    public Content System { get; set; } = Content.None;

    /// <summary>Where an explicit null stands in its place.</summary>
    public Place SystemNull { get; set; }

    /// <summary>The turns at the beginning of the conversation that are the application's own words.</summary>
    public List<Turn> Leading { get; } = [];

    /// <summary>The array of messages.</summary>
    public Place List { get; set; }

    public bool ListIsEmpty { get; set; } = true;

    /// <summary>The first message of the user, or an <c>input</c> that is a text.</summary>
    public Place FirstUser { get; set; }

    public string? Conversation { get; set; }

    public string? PreviousResponse { get; set; }

    public string? PromptCacheKey { get; set; }

    /// <summary><c>metadata.atlas_learning_key</c>.</summary>
    public string? LearningKey { get; set; }

    /// <summary><c>metadata.user_id</c>.</summary>
    public string? UserId { get; set; }

    /// <summary>The most that the answer may take.</summary>
    public long? MaxOutputTokens { get; set; }

    /// <summary>Cache markers that the client has set.</summary>
    public int Markers { get; set; }

    /// <summary>Whether one of them stands in the conversation, behind every system prompt.</summary>
    public bool HasLaterMarker { get; set; }

    /// <summary>Whether one of those is to be kept for an hour: then those before it must be, too.</summary>
    public bool LaterIsLong { get; set; }
}
