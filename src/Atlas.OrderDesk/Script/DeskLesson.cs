using Atlas.OrderDesk.World;

namespace Atlas.OrderDesk.Script;

/// <summary>The lesson about a tool that nobody has used.</summary>
internal sealed record DeskLesson(string Tool, string Cue, string Imperative, string Effect, string Note)
{
    /// <summary>Returns the lesson about a tool; null if there is none.</summary>
    public static DeskLesson? Of(string tool) => tool switch
    {
        DeskTools.GetOrder => new(
            tool,
            @"\b(refund|money|wants)\b",
            "Call get_order before you refund or cancel anything.",
            "The right way to settle it, and the sum that was really paid.",
            "Nobody looked the order up, and rewards were low; looking it up comes first now."),
        DeskTools.NotifyCustomer => new(
            tool,
            @"\bsettle\b",
            "Call notify_customer once the order is settled.",
            "The customer knows what was done.",
            "Orders were settled well and still something was missing; the customer is told now."),
        _ => null,
    };
}
