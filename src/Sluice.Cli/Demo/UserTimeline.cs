namespace Sluice.Cli.Demo;

/// <summary>
/// Turns the steps of a user into events: pages in step order, sign-in, sign-out.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class UserTimeline(SplitMix64 random)
{
    private const int NewSessionPerThousand = 150;
    private const int SignOutPerThousand = 300;
    private const int SameProductPerThousand = 700;

    private static readonly TimeSpan ShortestGap = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestAbsence = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromDays(6);

    // Shorter than any gap, so that a sign-in always lies between its two pages.
    private static readonly TimeSpan ShortestSignIn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestSignIn = TimeSpan.FromSeconds(18);

    private readonly EventDelivery _delivery = new(random);
    private readonly List<SampleEvent> _events = [];

    /// <summary>The events of a user in the order in which they are stored.</summary>
    /// <returns>A list that the next call fills anew.</returns>
    public IReadOnlyList<SampleEvent> Of(SampleUser user)
    {
        _events.Clear();
        var visit = new VisitState
        {
            User = user,
            AnonymousId = random.NextUuid(),
            SessionId = random.NextUuid(),
            Product = Product.Draw(random),
            Referrer = user.Channel,
            PageAt = DrawFirstVisit(user.FirstVisit),
        };
        var signInAfter = DrawPagesBeforeSignIn(user.Steps);
        var pages = 0;
        for (var step = FunnelStep.Home; step <= FunnelStep.Last; step++)
        {
            if (!user.Steps.Contains(step))
            {
                continue;
            }

            if (pages > 0)
            {
                MoveOn(visit);
            }

            AddPage(visit, FunnelStep.Page(step));
            if (++pages == signInAfter)
            {
                AddSignIn(visit);
            }
        }

        if (random.NextChance(SignOutPerThousand))
        {
            var at = visit.PageAt + random.NextSpan(ShortestGap, LongestGap);
            _events.Add(Create(visit, "sign_out", null, at, EventProperties.SignOut));
        }

        return _events;
    }

    private void MoveOn(VisitState visit)
    {
        if (!random.NextChance(NewSessionPerThousand))
        {
            visit.PageAt += random.NextSpan(ShortestGap, LongestGap);
            return;
        }

        visit.PageAt += random.NextSpan(ShortestAbsence, LongestAbsence);
        visit.SessionId = random.NextUuid();
        visit.Referrer = "direct";
        if (!random.NextChance(SameProductPerThousand))
        {
            visit.Product = Product.Draw(random);
        }
    }

    private void AddPage(VisitState visit, string page)
    {
        var properties = EventProperties.OfPage(page, visit.Referrer, visit.Product, random);
        var first = Create(visit, "page", page, visit.PageAt, properties);
        _events.Add(first);
        if (_delivery.Repeat(first) is { } second)
        {
            _events.Add(second);
        }

        visit.Referrer = "/" + page;
    }

    private void AddSignIn(VisitState visit)
    {
        visit.IsSignedIn = true;
        var at = visit.PageAt + random.NextSpan(ShortestSignIn, LongestSignIn);
        _events.Add(Create(visit, "sign_in", null, at, EventProperties.OfSignIn(random)));
    }

    private SampleEvent Create(VisitState visit, string kind, string? page, DateTime occurredAt, string properties)
    {
        var (sentAt, receivedAt) = _delivery.Deliver(occurredAt);
        return new SampleEvent
        {
            MessageId = _delivery.NextMessageId(occurredAt),
            UserId = visit.IsSignedIn ? visit.User.UserId : null,
            AnonymousId = visit.AnonymousId,
            SessionId = visit.SessionId,
            Product = visit.Product.Name,
            Event = kind,
            Page = page,
            OccurredAt = occurredAt,
            SentAt = sentAt,
            ReceivedAt = receivedAt,
            Device = visit.User.Device,
            Channel = visit.User.Channel,
            Properties = properties,
        };
    }

    // The mean of two times of day: a peak at noon and quiet nights, which an hourly chart can
    // show.
    private DateTime DrawFirstVisit(DateOnly day)
    {
        var lastMilli = TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1);
        var sum = random.NextSpan(TimeSpan.Zero, lastMilli) + random.NextSpan(TimeSpan.Zero, lastMilli);
        var millis = sum.Ticks / 2 / TimeSpan.TicksPerMillisecond;
        return day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
            + new TimeSpan(millis * TimeSpan.TicksPerMillisecond);
    }

    // One of the gaps between two pages, but not after the payment page; the end, if there is only
    // one page.
    private int DrawPagesBeforeSignIn(StepSet steps)
    {
        var last = steps.Contains(FunnelStep.Payment)
            ? steps.CountBefore(FunnelStep.Payment)
            : Math.Max(1, steps.Count - 1);
        return 1 + (int)random.NextBelow(last);
    }
}
