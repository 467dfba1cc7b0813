namespace Atlas.OrderDesk.Script;

/// <summary>A call of a tool and what it answered.</summary>
internal sealed record DeskCall(string Tool, string Result);
