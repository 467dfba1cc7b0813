namespace Atlas.Proxy.Requests;

/// <summary>The position of a value within a body.</summary>
/// <param name="Start">The offset of its first byte.</param>
/// <param name="End">The offset after its last byte; 0 for a value that is missing.</param>
internal readonly record struct Place(int Start, int End)
{
    public bool IsThere => End > 0;
}

/// <summary>The form in which a content is written.</summary>
internal enum ContentForm
{
    None,
    Text,
    Blocks,
    Other,
}

/// <summary>One block of a content.</summary>
/// <param name="At">Its position.</param>
/// <param name="IsText">Whether it is a nonempty text.</param>
/// <param name="IsMarked">Whether it has a cache marker.</param>
/// <param name="MustBeFirst">Whether it is one of the blocks that a client needs at the beginning.</param>
internal readonly record struct Block(Place At, bool IsText, bool IsMarked, bool MustBeFirst);

/// <summary>The content of a message, or a system prompt.</summary>
/// <param name="Form">The form in which it is written.</param>
/// <param name="At">Its position, including quotes or brackets.</param>
/// <param name="Blocks">Its blocks, if it has any.</param>
internal sealed record Content(ContentForm Form, Place At, IReadOnlyList<Block> Blocks)
{
    public static readonly Content None = new(ContentForm.None, default, []);

    /// <summary>Gets a value indicating whether it is an empty text.</summary>
    public bool IsEmptyText => Form is ContentForm.Text && At.End - At.Start == 2;
}

/// <summary>A message of the conversation.</summary>
/// <param name="Role">Its role; empty for an item of another kind.</param>
/// <param name="At">Its position.</param>
/// <param name="Content">Its content.</param>
internal sealed record Turn(string Role, Place At, Content Content)
{
    public bool IsSystem => Role is "system" or "developer";
}

/// <summary>What the proxy has to know about a request before it is sent, with the positions in the bytes.</summary>
internal sealed class ScannedRequest
{
    /// <summary>The most that answers are believed to take, so that sums of it never overflow.</summary>
    public const long LongestAnswer = 1_000_000_000_000;

    /// <summary>Gets or sets the offset after the opening brace of the body.</summary>
    public int Inside { get; set; }

    /// <summary>Gets or sets a value indicating whether the body has no members.</summary>
    public bool IsEmpty { get; set; } = true;

    public string? Model { get; set; }

    public Place ModelAt { get; set; }

    public bool Streams { get; set; }

    /// <summary>Gets or sets a value that is false only if the caller said so.</summary>
    public bool Store { get; set; } = true;

    /// <summary>Gets or sets Anthropic's <c>system</c>, or the <c>instructions</c> of OpenAI's responses.</summary>
    public Content System { get; set; } = Content.None;

    /// <summary>Gets or sets the position of an explicit null instead of it.</summary>
    public Place SystemNull { get; set; }

    /// <summary>Gets the turns at the beginning of the conversation that are the application's own words.</summary>
    public List<Turn> Leading { get; } = [];

    /// <summary>Gets or sets the position of the array of messages.</summary>
    public Place List { get; set; }

    public bool ListIsEmpty { get; set; } = true;

    public string? Conversation { get; set; }

    public string? PreviousResponse { get; set; }

    public string? PromptCacheKey { get; set; }

    /// <summary><c>metadata.atlas_learning_key</c>.</summary>
    public string? LearningKey { get; set; }

    /// <summary><c>metadata.user_id</c>.</summary>
    public string? UserId { get; set; }

    /// <summary>Gets or sets the maximum number of tokens of one answer.</summary>
    public long? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets how many answers to a prompt the vendor is to write.</summary>
    public long Choices { get; set; } = 1;

    /// <summary>Gets or sets the number of prompts that are answered.</summary>
    public long Prompts { get; set; } = 1;

    /// <summary>Returns the most tokens that all answers together can take.</summary>
    /// <param name="usual">The length of an answer that has no limit.</param>
    public long MostOutput(long usual) => (long)Math.Min((double)(MaxOutputTokens ?? usual) * Choices * Prompts, LongestAnswer);

    /// <summary>Gets or sets the number of cache markers that the client has set.</summary>
    public int Markers { get; set; }

    /// <summary>Gets or sets a value indicating whether one of them is in the conversation, after every system prompt.</summary>
    public bool HasLaterMarker { get; set; }

    /// <summary>Gets or sets a value indicating whether one of those lasts an hour; those before it must then last as long.</summary>
    public bool LaterIsLong { get; set; }
}
