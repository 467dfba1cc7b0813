namespace Atlas.OrderDesk.Script;

/// <summary>A tool call and its result.</summary>
internal sealed record DeskCall(string Tool, string Result);
