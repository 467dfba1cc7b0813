using Atlas.Identity.Calls;

namespace Atlas.Grains.Calls;

/// <summary>Gives every call that leaves this silo its ticket: that of the silo, or of whom another of its doors let in.</summary>
internal sealed class SiloTickets(TicketOffice tickets) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsClient())
        {
            // A client that is told news must not get hold of anybody's ticket.
            RequestContext.Remove(CallTicket.Key);
        }
        else
        {
            // Grains call as the silo they are on.
            var ticket = context.SourceContext is null ? tickets.Current : tickets.Own;
            if (!ReferenceEquals(RequestContext.Get(CallTicket.Key), ticket))
            {
                RequestContext.Set(CallTicket.Key, ticket);
            }
        }

        return context.Invoke();
    }
}
