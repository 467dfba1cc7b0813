using Atlas.Identity.Calls;

namespace Atlas.Grains.Calls;

/// <summary>Attaches a ticket to every call that leaves this silo: the silo's own, or that of a caller authenticated elsewhere in the
/// silo.</summary>
internal sealed class SiloTickets(TicketOffice tickets) : IOutgoingGrainCallFilter
{
    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.TargetId.IsClient())
        {
            // A client that receives notifications must not get anybody's ticket.
            RequestContext.Remove(CallTicket.Key);
        }
        else
        {
            // Grains call as the silo they run on.
            var ticket = context.SourceContext is null ? tickets.Current : tickets.Own;
            if (!ReferenceEquals(RequestContext.Get(CallTicket.Key), ticket))
            {
                RequestContext.Set(CallTicket.Key, ticket);
            }
        }

        return context.Invoke();
    }
}
